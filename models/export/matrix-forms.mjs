/** How the weights of matrix products and of the embedding are stored: float32, or int8 with one scale per output. */

// Seven bits: on processors without VNNI, int8 products of two full-range operands saturate in 16 bits.
const RANGE = 63;

function quantizeRows(data, rows, columns) {
  const scales = new Float32Array(rows);
  const values = new Int8Array(data.length);
  for (let r = 0; r < rows; r++) {
    const row = data.subarray(r * columns, (r + 1) * columns);
    scales[r] = row.reduce((top, x) => Math.max(top, Math.abs(x)), 1e-12) / RANGE;
    row.forEach((x, c) => {
      values[r * columns + c] = Math.round(x / scales[r]);
    });
  }
  return { scales, values };
}

function transpose(data, rows, columns) {
  const out = new data.constructor(data.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = data[r * columns + c];
  return out;
}

/** Weights come as [outputs, inputs], the layout of the trainer. */
export const float32 = {
  product(graph, x, name, { data, shape: [outputs, inputs] }) {
    return graph.add("MatMul", [x, graph.floats(name, [inputs, outputs], transpose(data, outputs, inputs))]);
  },
  embedding(graph, ids, { data, shape }) {
    return graph.add("Gather", [graph.floats("embedding", shape, data), ids]);
  },
  unembedding(graph, x, { data, shape }, name) {
    const table = graph.add("Transpose", [graph.floats("embedding", shape, data)], {
      attributes: { perm: [1, 0] },
    });
    return graph.add("MatMul", [x, table], { name });
  },
};

function integerProduct(graph, x, weights, scales, name) {
  const [quantized, scale, zero] = graph.add("DynamicQuantizeLinear", [x], { outputs: 3 });
  const sums = graph.add("MatMulInteger", [quantized, weights, zero]);
  const combined = graph.add("Mul", [scale, scales]);
  return graph.add("Mul", [graph.add("Cast", [sums], { attributes: { to: 1 } }), combined], { name });
}

export const int8 = {
  product(graph, x, name, { data, shape: [outputs, inputs] }) {
    const { scales, values } = quantizeRows(data, outputs, inputs);
    const weights = graph.int8(name, [inputs, outputs], transpose(values, outputs, inputs));
    return integerProduct(graph, x, weights, graph.floats(`${name}.scales`, [outputs], scales));
  },
  embedding(graph, ids, { data, shape: [rows, columns] }) {
    const { scales, values } = quantizeRows(data, rows, columns);
    const gathered = graph.add("Gather", [graph.int8("embedding", [rows, columns], values), ids]);
    const scale = graph.add("Gather", [graph.floats("embedding.scales", [rows], scales), ids]);
    const column = graph.add("Unsqueeze", [scale, graph.list(2)]);
    return graph.add("Mul", [graph.add("Cast", [gathered], { attributes: { to: 1 } }), column]);
  },
  unembedding(graph, x, { data, shape: [rows, columns] }, name) {
    const { scales, values } = quantizeRows(data, rows, columns);
    const weights = graph.add("Transpose", [graph.int8("embedding", [rows, columns], values)], {
      attributes: { perm: [1, 0] },
    });
    return integerProduct(graph, x, weights, graph.floats("embedding.scales", [rows], scales), name);
  },
};
