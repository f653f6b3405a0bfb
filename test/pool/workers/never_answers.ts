/** A worker that starts, and has no intention to serve. */
setInterval(() => {}, 1_000_000);
