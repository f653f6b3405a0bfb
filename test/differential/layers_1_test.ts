import { testLayers } from "./stored.ts";

testLayers(0, 3);
