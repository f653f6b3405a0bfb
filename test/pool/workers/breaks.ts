/** Traps where a model is loaded whose output is called `breaks`, and where a run is prepared whose first value is 17. */
const { stringify } = JSON;
const { slice } = Int32Array.prototype;

function trap(): never {
  throw new WebAssembly.RuntimeError("sabotage");
}

// What the worker says of a model that it has loaded.
Object.assign(JSON, {
  stringify: (value: { readonly outputs?: readonly { readonly name: string }[] }) => {
    if (value.outputs?.[0]?.name === "breaks") trap();
    return stringify(value);
  },
});

// The header of a request, which is kept for the next one.
Object.assign(Int32Array.prototype, {
  slice(this: Int32Array, ...args: [number, number]) {
    const [value] = new Float32Array(this.buffer, this.byteOffset + this[3]!, 1);
    if (value === 17) trap();
    return slice.apply(this, args);
  },
});
