import { testLayers } from "./stored.ts";

testLayers(1, 3);
