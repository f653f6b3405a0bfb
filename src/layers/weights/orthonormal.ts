/**
 * The orthonormal factor of a matrix.
 *
 * @module
 */

/**
 * Makes the columns of a row-major matrix orthonormal, one after the other (modified Gram-Schmidt, run twice against
 * rounding). Uses only arithmetic that every runtime rounds alike.
 *
 * @param matrix `rows` x `columns` values, with `rows >= columns`.
 */
export function orthonormal(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const result = matrix.slice();
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += result[i * columns + a]! * result[i * columns + b]!;
    return sum;
  };
  for (let column = 0; column < columns; column++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let before = 0; before < column; before++) {
        const share = dot(before, column);
        for (let i = 0; i < rows; i++) result[i * columns + column]! -= share * result[i * columns + before]!;
      }
    }
    const length = Math.sqrt(dot(column, column));
    for (let i = 0; i < rows; i++) result[i * columns + column]! /= length;
  }
  return result;
}
