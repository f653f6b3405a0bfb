/**
 * `node --import ./test/node/register.mjs --test <files>` runs tests with the hooks.
 *
 * @module
 */
import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
