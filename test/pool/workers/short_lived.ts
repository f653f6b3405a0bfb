/** The worker of the package, which ends when it has started. */
import "./ends.ts";
import "../../../workers/infer.ts";
