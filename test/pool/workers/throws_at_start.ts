/** A worker that cannot start. */
throw new Error("sabotage at the start");
