import { FLOAT, FLOAT16, INT64, OnnxGraph } from "./onnx-graph.mjs";

const MASKED = -1e9;

/** Rows of several [outputs, inputs] matrices as one, and their biases: one product instead of three. */
function stack(parts) {
  const join = (field) => Float32Array.from(parts.flatMap((part) => [...part[field].data]));
  const outputs = parts.reduce((sum, { weight }) => sum + weight.shape[0], 0);
  return {
    weight: { data: join("weight"), shape: [outputs, parts[0].weight.shape[1]] },
    bias: { data: join("bias"), shape: [outputs] },
  };
}

/**
 * A BERT encoder as exporters of the field write it: `input_ids` and `attention_mask` to vectors for every token,
 * [batch, sequence, hidden]. Weights are [outputs, inputs]; a matrix comes with its bias.
 *
 * `tokenTypes`: whether `token_type_ids` is an input; without it every token is of type 0. `output` names the
 * vectors. `type`: `float32` or `float16`, theirs.
 */
export function buildBert(
  config,
  weights,
  form,
  { tokenTypes = true, output = "last_hidden_state", type = "float32", externalData } = {},
) {
  const graph = new OnnxGraph({ externalData });
  const { heads, headDim, hidden, layers, positions, epsilon } = config;
  const ids = graph.input("input_ids", INT64, ["batch_size", "sequence_length"]);
  const mask = graph.input("attention_mask", INT64, ["batch_size", "sequence_length"]);
  const types = tokenTypes
    ? graph.input("token_type_ids", INT64, ["batch_size", "sequence_length"])
    : undefined;

  const floats = (name) => graph.floats(name, weights[name].shape, weights[name].data);
  const add = (a, b) => graph.add("Add", [a, b]);
  const norm = (x, name) =>
    graph.add("LayerNormalization", [x, floats(`${name}.weight`), floats(`${name}.bias`)], {
      attributes: { axis: -1, epsilon },
    });
  const part = (name) => ({ weight: weights[`${name}.weight`], bias: weights[`${name}.bias`] });
  const linear = (x, name, { weight, bias } = part(name)) =>
    add(
      form.product(graph, x, `${name}.weight`, weight),
      graph.floats(`${name}.bias`, bias.shape, bias.data),
    );
  const gelu = (x) => {
    const half = graph.add("Mul", [x, graph.scalar(0.5)]);
    const error = graph.add("Erf", [graph.add("Div", [x, graph.scalar(Math.SQRT2)])]);
    return graph.add("Mul", [half, add(error, graph.scalar(1))]);
  };
  const reshape = (x, ...shape) => graph.add("Reshape", [x, graph.list(...shape)]);
  const transpose = (x, ...perm) => graph.add("Transpose", [x], { attributes: { perm } });

  const length = graph.add("Gather", [graph.add("Shape", [ids]), graph.list(1)]);
  const places = graph.add("Slice", [
    form.table(graph, "embed.position", { ...weights["embed.position.weight"], shape: [positions, hidden] }),
    graph.list(0),
    length,
    graph.list(0),
  ]);
  const table = floats("embed.type.weight");
  const ofType = graph.add("Gather", [table, types ?? graph.index(0)]);
  const words = form.embedding(graph, ids, weights["embed.word.weight"]);
  let x = norm(add(add(words, ofType), places), "embed.norm");

  // [batch, 1, 1, sequence]: 0 for a token, a large negative number for padding.
  const present = graph.add("Cast", [mask], { attributes: { to: FLOAT } });
  const hiddenKeys = graph.add("Mul", [graph.add("Sub", [graph.scalar(1), present]), graph.scalar(MASKED)]);
  const bias = graph.add("Unsqueeze", [hiddenKeys, graph.list(1, 2)]);

  for (let i = 0; i < layers; i++) {
    const name = (what) => `layers.${i}.${what}`;
    const joined = linear(x, name("qkv"), stack(["q", "k", "v"].map((what) => part(name(what)))));
    const split = graph.add("Split", [joined, graph.list(hidden, hidden, hidden)], {
      attributes: { axis: -1 },
      outputs: 3,
    });
    const [q, k, v] = split.map((y) => reshape(y, 0, 0, heads, headDim));
    const scores = graph.add("MatMul", [transpose(q, 0, 2, 1, 3), transpose(k, 0, 2, 3, 1)]);
    const scaled = graph.add("Mul", [scores, graph.scalar(headDim ** -0.5)]);
    const shares = graph.add("Softmax", [add(scaled, bias)], { attributes: { axis: -1 } });
    const mixed = transpose(graph.add("MatMul", [shares, transpose(v, 0, 2, 1, 3)]), 0, 2, 1, 3);
    x = norm(add(x, linear(reshape(mixed, 0, 0, hidden), name("o"))), name("attention_norm"));
    x = norm(add(x, linear(gelu(linear(x, name("up"))), name("down"))), name("output_norm"));
  }
  const to = type === "float16" ? FLOAT16 : FLOAT;
  graph.add("Cast", [x], { attributes: { to }, name: output });
  graph.output(output, to, ["batch_size", "sequence_length", hidden]);
  return graph;
}

/** Shapes of the weights that `buildBert` takes, by name. */
export function bertShapes({ vocabulary, positions, hidden, intermediate, layers }) {
  const shapes = {
    "embed.word.weight": [vocabulary, hidden],
    "embed.position.weight": [positions, hidden],
    "embed.type.weight": [2, hidden],
  };
  const norm = (name) => Object.assign(shapes, { [`${name}.weight`]: [hidden], [`${name}.bias`]: [hidden] });
  const linear = (name, outputs, inputs) =>
    Object.assign(shapes, { [`${name}.weight`]: [outputs, inputs], [`${name}.bias`]: [outputs] });
  norm("embed.norm");
  for (let i = 0; i < layers; i++) {
    for (const what of ["q", "k", "v", "o"]) linear(`layers.${i}.${what}`, hidden, hidden);
    linear(`layers.${i}.up`, intermediate, hidden);
    linear(`layers.${i}.down`, hidden, intermediate);
    norm(`layers.${i}.attention_norm`);
    norm(`layers.${i}.output_norm`);
  }
  return shapes;
}
