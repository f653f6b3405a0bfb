/** The worker of the package, which ends when it is asked to. */
import "./dies.ts";
import "../../../workers/infer.ts";
