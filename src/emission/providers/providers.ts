/**
 * All providers by name.
 *
 * @module
 */
import type { Provider, ProviderRecord } from "./provider.ts";
import { wasm } from "./wasm.ts";
import { webgpu } from "./webgpu.ts";

/** The providers by name. */
export const PROVIDERS: { readonly [Name in Provider]: ProviderRecord } = { wasm, webgpu };

/** The provider of pools and models for which none is chosen. */
export const DEFAULT_PROVIDER: Provider = "wasm";
