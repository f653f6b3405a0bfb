/**
 * The engine of this thread, ready once this module is: eager calls are synchronous and cannot wait for it.
 *
 * @module
 */
import { WasmEngine } from "../engine/wasm_engine.ts";
import { compileModule, instantiateModule } from "../engine/wasm_module.ts";

/** The compiled WebAssembly, which workers can share. */
export const compiledModule: WebAssembly.Module = await compileModule();

/** The engine on which eager calls run. */
export const defaultEngine: WasmEngine = new WasmEngine(await instantiateModule(compiledModule));
