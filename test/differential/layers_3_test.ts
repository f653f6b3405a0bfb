import { testLayers } from "./stored.ts";

testLayers(2, 3);
