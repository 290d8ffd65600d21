import { FLOAT, FLOAT16, INT32, INT64, MICROSOFT, OnnxGraph } from "./onnx-graph.mjs";

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
 * A Llama decoder with KV cache, in the layouts that exporters of the field write.
 *
 * `attention`: `plain` is MatMul and Softmax, exact on every provider: keys keep their slot; a slot is visible
 * when the mask holds 1 for it and it does not lie after the query's own slot. `grouped` is ONNX Runtime's
 * GroupQueryAttention, faster on the CPU: the sum of a mask row is the row's length, so rows are left-aligned.
 * `positions`: whether `position_ids` is an input; without it positions are counted from the mask.
 * `keep`: whether `num_logits_to_keep` is an input; without it there are logits for every token.
 * `cache`: `float32` or `float16`, the type of cache and logits. `window`: tokens back that attention sees.
 * `rotary`, for grouped attention: `inside` leaves turning to it, over the tables that it is given; `interleaved`
 * as well, of neighbours instead of halves. `packed`: then it takes queries, keys and values in one. `fused`: more attributes for it.
 * `repeated`, for plain attention: keys and values are repeated for the query heads of their group.
 */
export function buildLlama(
  config,
  weights,
  form,
  {
    attention = "plain",
    positions = true,
    keep = true,
    cache = "float32",
    window = 0,
    rotary = "apart",
    packed = false,
    fused = {},
    repeated = false,
    externalData,
  } = {},
) {
  const graph = new OnnxGraph({ externalData });
  const { heads, kvHeads, headDim, hidden, intermediate, layers, epsilon } = config;
  const cacheType = cache === "float16" ? FLOAT16 : FLOAT;
  const ids = graph.input("input_ids", INT64, ["batch_size", "sequence_length"]);
  const mask = graph.input("attention_mask", INT64, ["batch_size", "total_sequence_length"]);
  const isInside = rotary !== "apart";
  const ownPositions = () => (isInside ? undefined : countedPositions(graph, ids, mask));
  const place = positions
    ? graph.input("position_ids", INT64, ["batch_size", "sequence_length"])
    : ownPositions();
  const kept = keep ? graph.input("num_logits_to_keep", INT64) : undefined;

  const cast = (x, to) => graph.add("Cast", [x], { attributes: { to } });
  const fromCache = (x) => (cacheType === FLOAT ? x : cast(x, FLOAT));
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
  const table = (name) => graph.floats(name, tables.shape, tables[name]);
  const angles = (name) => graph.add("Unsqueeze", [graph.add("Gather", [table(name), place]), graph.list(1)]);
  const [cos, sin] = isInside ? [] : [angles("cos"), angles("sin")];
  const rotate = (x) => {
    const [a, b] = split(x, -1, headDim / 2, headDim / 2);
    const first = graph.add("Sub", [graph.add("Mul", [a, cos]), graph.add("Mul", [b, sin])]);
    const second = graph.add("Add", [graph.add("Mul", [b, cos]), graph.add("Mul", [a, sin])]);
    return graph.add("Concat", [first, second], { attributes: { axis: -1 } });
  };

  const shape = (length) => ["batch_size", kvHeads, length, headDim];
  const cacheInput = (i, part) =>
    graph.input(`past_key_values.${i}.${part}`, cacheType, shape("past_sequence_length"));
  const cacheOutput = (i, part) => {
    graph.output(`present.${i}.${part}`, cacheType, shape("total_sequence_length"));
    return `present.${i}.${part}`;
  };

  const plainAttention = () => {
    const bias = maskBias(graph, ids, mask, window);
    return (i, q, k, v) => {
      const extend = (part, fresh) => {
        const past = cacheInput(i, part);
        const own = cacheType === FLOAT ? fresh : cast(fresh, FLOAT16);
        return fromCache(
          graph.add("Concat", [past, own], { attributes: { axis: 2 }, name: cacheOutput(i, part) }),
        );
      };
      const group = (x) => (repeated ? repeatHeads(graph, x, config) : x);
      const turn = (x) => graph.add("Transpose", [x], { attributes: { perm: [0, 1, 3, 2] } });
      const scale = (x, by) => graph.add("Mul", [x, graph.scalar(by)]);
      // The query heads of a group are folded into the length, so that keys need no copies.
      const fold = (x, last) => (repeated ? x : reshape(x, 0, kvHeads, -1, last));
      const root = headDim ** -0.25;
      const keys = repeated ? scale(turn(group(extend("key", k))), root) : turn(extend("key", k));
      const values = group(extend("value", swap(reshape(v, 0, 0, kvHeads, headDim))));
      const folded = fold(scale(q, repeated ? root : headDim ** -0.5), headDim);
      const scores = graph.add("Add", [reshape(graph.add("MatMul", [folded, keys]), 0, heads, -1, 0), bias]);
      const shares = graph.add("Softmax", [scores], { attributes: { axis: -1 } });
      const mixed = graph.add("MatMul", [fold(shares, 0), values]);
      return reshape(swap(reshape(mixed, 0, heads, -1, headDim)), 0, 0, heads * headDim);
    };
  };

  const groupedAttention = () => {
    const sums = graph.add("ReduceSum", [mask, graph.list(1)], { attributes: { keepdims: 0 } });
    const lengths = cast(graph.add("Sub", [sums, graph.index(1)]), INT32);
    const total = cast(graph.add("Gather", [graph.add("Shape", [mask]), graph.index(1)]), INT32);
    return (i, q, k, v) => {
      const flat = (x, count) => (isInside ? x : reshape(swap(x), 0, 0, count * headDim));
      const typed = (x) => (x === "" || cacheType === FLOAT ? x : cast(x, FLOAT16));
      const given = [flat(q, heads), flat(k, kvHeads), v].map(typed);
      const past = [cacheInput(i, "key"), cacheInput(i, "value")];
      const turns = isInside ? [typed(table("cos")), typed(table("sin"))] : [];
      const out = graph.add("GroupQueryAttention", [...given, ...past, lengths, total, ...turns], {
        attributes: {
          num_heads: heads,
          kv_num_heads: kvHeads,
          ...(window > 0 ? { local_window_size: window } : {}),
          ...(isInside ? { do_rotary: 1, rotary_interleaved: rotary === "interleaved" ? 1 : 0 } : {}),
          ...fused,
        },
        domain: MICROSOFT,
        name: [`attention.${i}`, cacheOutput(i, "key"), cacheOutput(i, "value")],
      });
      return fromCache(out[0]);
    };
  };

  const attend = attention === "grouped" ? groupedAttention() : plainAttention();
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
    const apart = () => {
      const [qk, v] = split(joined, -1, (heads + kvHeads) * headDim, kvHeads * headDim);
      const [q, k] = split(rotate(swap(reshape(qk, 0, 0, heads + kvHeads, headDim))), 1, heads, kvHeads);
      return [q, k, v];
    };
    const inside = () =>
      packed ? [joined, "", ""] : split(joined, -1, heads * headDim, kvHeads * headDim, kvHeads * headDim);
    const merged = attend(i, ...(isInside ? inside() : apart()));
    x = graph.add("Add", [x, form.product(graph, merged, `layers.${i}.o`, weight("o"))]);

    const inner = norm(x, `layers.${i}.post_norm.weight`);
    const both = form.product(graph, inner, `layers.${i}.gate_up`, stack(weight("gate"), weight("up")));
    const [gate, up] = split(both, -1, intermediate, intermediate);
    const active = graph.add("Mul", [gate, graph.add("Sigmoid", [gate])]);
    const down = form.product(graph, graph.add("Mul", [active, up]), `layers.${i}.down`, weight("down"));
    x = graph.add("Add", [x, down]);
  }
  if (kept !== undefined) {
    // Keeping 0 logits means all of them, and a start of -0 does just that.
    const start = graph.add("Neg", [reshape(kept, 1)]);
    x = graph.add("Slice", [x, start, graph.list(END), graph.list(1)]);
  }
  const embedding = weights["embed.weight"];
  if (cacheType === FLOAT) form.unembedding(graph, norm(x, "norm.weight"), embedding, "logits");
  else {
    const wide = form.unembedding(graph, norm(x, "norm.weight"), embedding, "logits.float32");
    graph.add("Cast", [wide], { attributes: { to: FLOAT16 }, name: "logits" });
  }
  graph.output("logits", cacheType, ["batch_size", "num_logits_to_keep", config.vocabulary]);
  return graph;
}

/** [batch, kvHeads, slots, size] with each head as often as it has query heads, as PyTorch's `expand` is exported. */
function repeatHeads(graph, x, { heads, kvHeads, headDim }) {
  const shape = graph.add("Shape", [x]);
  const size = (i) => graph.add("Gather", [shape, graph.list(i)]);
  const [batch, slots] = [size(0), size(2)];
  const times = heads / kvHeads;
  const target = (...middle) =>
    graph.add("Concat", [batch, ...middle, slots, graph.list(headDim)], { attributes: { axis: 0 } });
  const column = graph.add("Unsqueeze", [x, graph.list(2)]);
  const copies = graph.add("Expand", [column, target(graph.list(kvHeads, times))]);
  return graph.add("Reshape", [copies, target(graph.list(heads))]);
}

/** Positions as older exporters count them: the mask's running sum, of which the last columns are the new tokens. */
function countedPositions(graph, ids, mask) {
  const sums = graph.add("CumSum", [mask, graph.index(1)]);
  const size = graph.add("Gather", [graph.add("Shape", [ids]), graph.list(1)]);
  const last = graph.add("Slice", [sums, graph.add("Neg", [size]), graph.list(END), graph.list(1)]);
  return graph.add("Sub", [last, graph.index(1)]);
}

/** [batch, 1, sequence, total]: 0 where a query may look, a large negative number elsewhere. */
function maskBias(graph, ids, mask, window) {
  const size = (x) => graph.add("Gather", [graph.add("Shape", [x]), graph.index(1)]);
  const [length, total] = [size(ids), size(mask)];
  const floats = (x) => graph.add("Cast", [x], { attributes: { to: FLOAT } });
  const range = (from) => floats(graph.add("Range", [from, total, graph.index(1)]));
  const queries = graph.add("Unsqueeze", [range(graph.add("Sub", [total, length])), graph.list(1)]);
  const slots = range(graph.index(0));
  let visible = graph.add("LessOrEqual", [slots, queries]);
  if (window > 0) {
    const near = graph.add("Greater", [slots, graph.add("Sub", [queries, graph.scalar(window)])]);
    visible = graph.add("And", [visible, near]);
  }
  const hidden = graph.add("Mul", [graph.add("Sub", [graph.scalar(1), floats(mask)]), graph.scalar(MASKED)]);
  return graph.add("Where", [
    visible,
    graph.add("Unsqueeze", [hidden, graph.list(1, 2)]),
    graph.scalar(MASKED),
  ]);
}
