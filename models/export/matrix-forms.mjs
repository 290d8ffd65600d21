import { throughHalf, toHalves } from "./half.mjs";
import { FLOAT, MICROSOFT } from "./onnx-graph.mjs";

/**
 * How the weights of matrix products and of the embedding are stored: float32; halves, computed with as float32;
 * int8 with one scale per output; or q4: four bits with one scale per block of 32 inputs (MatMulNBits), the
 * embedding itself as in int8.
 */

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
  table: (graph, name, { data, shape }) => graph.floats(name, shape, data),
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

/** Two bytes a number, widened when the graph is loaded: ONNX Runtime folds the cast of a constant. */
function widened(graph, name, shape, data) {
  const stored = graph.float16(`${name}.half`, shape, () => toHalves(data));
  return graph.add("Cast", [stored], { attributes: { to: FLOAT } });
}

/** As float32 for weights that are float16 numbers, in half the bytes. */
export const halves = {
  table: (graph, name, { data, shape }) => widened(graph, name, shape, data),
  product(graph, x, name, { data, shape: [outputs, inputs] }) {
    return graph.add("MatMul", [
      x,
      widened(graph, name, [inputs, outputs], transpose(data, outputs, inputs)),
    ]);
  },
  embedding(graph, ids, { data, shape }) {
    return graph.add("Gather", [widened(graph, "embedding", shape, data), ids]);
  },
  unembedding(graph, x, { data, shape }, name) {
    const table = graph.add("Transpose", [widened(graph, "embedding", shape, data)], {
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
  table: halves.table,
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

const BLOCK = 32;

/** Rows of [outputs, inputs] in blocks: the largest value of a block becomes -8, as it has one step more than 7. */
function quantizeBlocks(data, rows, columns) {
  const blocks = Math.ceil(columns / BLOCK);
  const scales = new Float32Array(rows * blocks);
  const values = new Uint8Array((rows * blocks * BLOCK) / 2).fill(0x88);
  for (let r = 0; r < rows; r++) {
    for (let b = 0; b < blocks; b++) {
      const block = data.subarray(r * columns + b * BLOCK, r * columns + Math.min(columns, (b + 1) * BLOCK));
      const peak = block.reduce((top, x) => (Math.abs(x) > Math.abs(top) ? x : top), 1e-12);
      const scale = throughHalf(peak / -8) || 2 ** -24;
      const at = r * blocks + b;
      scales[at] = scale;
      block.forEach((x, i) => {
        const level = Math.max(0, Math.min(15, Math.round(x / scale) + 8));
        const byte = at * (BLOCK / 2) + (i >> 1);
        values[byte] = i & 1 ? (values[byte] & 0x0f) | (level << 4) : (values[byte] & 0xf0) | level;
      });
    }
  }
  return { scales, values, blocks };
}

function blockProduct(graph, x, name, { data, shape: [outputs, inputs] }, output) {
  const { scales, values, blocks } = quantizeBlocks(data, outputs, inputs);
  const weights = graph.uint8(`${name}.q4`, [outputs, blocks, BLOCK / 2], values);
  const widths = widened(graph, `${name}.scales`, [outputs * blocks], scales);
  return graph.add("MatMulNBits", [x, weights, widths], {
    attributes: { K: inputs, N: outputs, bits: 4, block_size: BLOCK },
    domain: MICROSOFT,
    name: output,
  });
}

export const q4 = {
  product: (graph, x, name, weights) => blockProduct(graph, x, name, weights),
  // Looked up, never multiplied: a byte each is enough.
  embedding: int8.embedding,
  unembedding: (graph, x, weights, name) => blockProduct(graph, x, "unembedding", weights, name),
};
