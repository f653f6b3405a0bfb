/** The worker of the package, in which the loading of some models traps. */
import "./breaks.ts";
import "../../../workers/infer.ts";
