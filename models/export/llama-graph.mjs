import { FLOAT, INT64, OnnxGraph } from "./onnx-graph.mjs";

const MASKED = -1e9;
const END = "9223372036854775807";

/** Rows of several [outputs, inputs] matrices as one: one product instead of three. */
function stack(...matrices) {
  const data = new Float32Array(matrices.reduce((total, m) => total + m.data.length, 0));
  let offset = 0;
  for (const m of matrices) {
    data.set(m.data, offset);
    offset += m.data.length;
  }
  return { data, shape: [matrices.reduce((rows, m) => rows + m.shape[0], 0), matrices[0].shape[1]] };
}

function rotaryTables({ headDim, positions, ropeTheta }) {
  const half = headDim / 2;
  const angle = (i) => Math.floor(i / half) * ropeTheta ** ((-2 * (i % half)) / headDim);
  const table = (f) => Float32Array.from({ length: positions * half }, (_, i) => f(angle(i)));
  return { cos: table(Math.cos), sin: table(Math.sin), shape: [positions, half] };
}

/**
 * A Llama decoder with KV cache in plain MatMul and Softmax: attention operators that fuse more are
 * not exact on every provider. Keys keep their slot; a slot is visible when the mask holds 1 for it
 * and it does not lie after the query's own slot.
 */
export function buildLlama(config, weights, form) {
  const graph = new OnnxGraph();
  const { heads, kvHeads, headDim, hidden, intermediate, layers, epsilon } = config;
  const ids = graph.input("input_ids", INT64, ["batch", "sequence"]);
  const mask = graph.input("attention_mask", INT64, ["batch", "total"]);
  const positions = graph.input("position_ids", INT64, ["batch", "sequence"]);
  const keep = graph.input("num_logits_to_keep", INT64);

  const norm = (x, name) => {
    const mean = graph.add("ReduceMean", [graph.add("Mul", [x, x])], {
      attributes: { axes: [-1], keepdims: 1 },
    });
    const root = graph.add("Sqrt", [graph.add("Add", [mean, graph.scalar(epsilon)])]);
    return graph.add("Mul", [graph.add("Div", [x, root]), graph.floats(name, [hidden], weights[name].data)]);
  };
  const reshape = (x, ...shape) => graph.add("Reshape", [x, graph.list(...shape)]);
  const swap = (x) => graph.add("Transpose", [x], { attributes: { perm: [0, 2, 1, 3] } });
  const split = (x, axis, ...sizes) =>
    graph.add("Split", [x, graph.list(...sizes)], { attributes: { axis }, outputs: sizes.length });

  const tables = rotaryTables(config);
  const angles = (name) => {
    const rows = graph.add("Gather", [graph.floats(name, tables.shape, tables[name]), positions]);
    return graph.add("Unsqueeze", [rows, graph.list(1)]);
  };
  const [cos, sin] = [angles("cos"), angles("sin")];
  const rotate = (x) => {
    const [a, b] = split(x, -1, headDim / 2, headDim / 2);
    const first = graph.add("Sub", [graph.add("Mul", [a, cos]), graph.add("Mul", [b, sin])]);
    const second = graph.add("Add", [graph.add("Mul", [b, cos]), graph.add("Mul", [a, sin])]);
    return graph.add("Concat", [first, second], { attributes: { axis: -1 } });
  };

  const bias = maskBias(graph, ids, mask);
  let x = form.embedding(graph, ids, weights["embed.weight"]);
  for (let i = 0; i < layers; i++) {
    const weight = (name) => weights[`layers.${i}.${name}.weight`];
    const normed = norm(x, `layers.${i}.input_norm.weight`);
    const joined = form.product(
      graph,
      normed,
      `layers.${i}.qkv`,
      stack(weight("q"), weight("k"), weight("v")),
    );
    const [qk, v] = split(joined, -1, (heads + kvHeads) * headDim, kvHeads * headDim);
    const [q, k] = split(rotate(swap(reshape(qk, 0, 0, heads + kvHeads, headDim))), 1, heads, kvHeads);
    const cache = (part, fresh) => {
      const shape = (length) => ["batch", kvHeads, length, headDim];
      const past = graph.input(`past_key_values.${i}.${part}`, FLOAT, shape("past"));
      const present = graph.add("Concat", [past, fresh], {
        attributes: { axis: 2 },
        name: `present.${i}.${part}`,
      });
      graph.output(present, FLOAT, shape("total"));
      return present;
    };
    const keys = graph.add("Transpose", [cache("key", k)], { attributes: { perm: [0, 1, 3, 2] } });
    const values = cache("value", swap(reshape(v, 0, 0, kvHeads, headDim)));
    // The query heads of a group are folded into the length, so that keys need no copies.
    const folded = reshape(graph.add("Mul", [q, graph.scalar(headDim ** -0.5)]), 0, kvHeads, -1, headDim);
    const scores = graph.add("Add", [reshape(graph.add("MatMul", [folded, keys]), 0, heads, -1, 0), bias]);
    const shares = graph.add("Softmax", [scores], { attributes: { axis: -1 } });
    const mixed = graph.add("MatMul", [reshape(shares, 0, kvHeads, -1, 0), values]);
    const merged = reshape(swap(reshape(mixed, 0, heads, -1, headDim)), 0, 0, heads * headDim);
    x = graph.add("Add", [x, form.product(graph, merged, `layers.${i}.o`, weight("o"))]);

    const inner = norm(x, `layers.${i}.post_norm.weight`);
    const both = form.product(graph, inner, `layers.${i}.gate_up`, stack(weight("gate"), weight("up")));
    const [gate, up] = split(both, -1, intermediate, intermediate);
    const active = graph.add("Mul", [gate, graph.add("Sigmoid", [gate])]);
    const down = form.product(graph, graph.add("Mul", [active, up]), `layers.${i}.down`, weight("down"));
    x = graph.add("Add", [x, down]);
  }
  // Keeping 0 logits means all of them, and a start of -0 does just that.
  const start = graph.add("Neg", [reshape(keep, 1)]);
  const last = graph.add("Slice", [x, start, graph.list(END), graph.list(1)]);
  form.unembedding(graph, norm(last, "norm.weight"), weights["embed.weight"], "logits");
  graph.output("logits", FLOAT, ["batch", "kept", config.vocabulary]);
  return graph;
}

/** [batch, 1, sequence, total]: 0 where a query may look, a large negative number elsewhere. */
function maskBias(graph, ids, mask) {
  const size = (x) => graph.add("Gather", [graph.add("Shape", [x]), graph.index(1)]);
  const [length, total] = [size(ids), size(mask)];
  const floats = (x) => graph.add("Cast", [x], { attributes: { to: FLOAT } });
  const range = (from) => floats(graph.add("Range", [from, total, graph.index(1)]));
  const queries = graph.add("Unsqueeze", [range(graph.add("Sub", [total, length])), graph.list(1)]);
  const visible = graph.add("LessOrEqual", [range(graph.index(0)), queries]);
  const hidden = graph.add("Mul", [graph.add("Sub", [graph.scalar(1), floats(mask)]), graph.scalar(MASKED)]);
  return graph.add("Where", [
    visible,
    graph.add("Unsqueeze", [hidden, graph.list(1, 2)]),
    graph.scalar(MASKED),
  ]);
}
