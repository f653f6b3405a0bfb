import { testModels } from "./stored.ts";

testModels();
