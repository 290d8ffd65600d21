/** The lower factor L of a symmetric positive definite matrix, L·Lᵀ; n × n, by rows. @throws RangeError when it is not one. */
function factor(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] ?? 0) * (lower[j * n + k] ?? 0);
      if (i !== j) lower[i * n + j] = sum / (lower[j * n + j] ?? 1);
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
      else throw new RangeError("The matrix is not positive definite.");
    }
  }
  return lower;
}

/** The inverse of a symmetric positive definite matrix, n × n, by rows. @throws RangeError when it is not one. */
export function inverseOf(matrix: Float64Array, n: number): Float64Array {
  const lower = factor(matrix, n);
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let unit = 0; unit < n; unit++) {
    column.fill(0);
    for (let i = unit; i < n; i++) {
      let sum = i === unit ? 1 : 0;
      for (let k = unit; k < i; k++) sum -= (lower[i * n + k] ?? 0) * (column[k] ?? 0);
      column[i] = sum / (lower[i * n + i] ?? 1);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = column[i] ?? 0;
      for (let k = i + 1; k < n; k++) sum -= (lower[k * n + i] ?? 0) * (column[k] ?? 0);
      column[i] = sum / (lower[i * n + i] ?? 1);
      inverse[i * n + unit] = column[i] ?? 0;
    }
  }
  return inverse;
}
