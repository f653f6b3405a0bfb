import { testOps } from "./stored.ts";

testOps();
