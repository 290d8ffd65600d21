/** `config.json` of a decoder in Llama layout. */
export function decoderConfig(c) {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    hidden_act: "silu",
    hidden_size: c.hidden,
    intermediate_size: c.intermediate,
    num_hidden_layers: c.layers,
    num_attention_heads: c.heads,
    num_key_value_heads: c.kvHeads,
    head_dim: c.headDim,
    max_position_embeddings: c.positions,
    rms_norm_eps: c.epsilon,
    rope_theta: c.ropeTheta,
    vocab_size: c.vocabulary,
    tie_word_embeddings: true,
    attention_bias: false,
    mlp_bias: false,
    torch_dtype: "float32",
    bos_token_id: 1,
    eos_token_id: 2,
    pad_token_id: 0,
  };
}

export const generationConfig = {
  bos_token_id: 1,
  eos_token_id: 2,
  pad_token_id: 0,
  do_sample: false,
  max_new_tokens: 192,
};

/** `config.json` of an encoder in BERT layout. */
export function encoderConfig(c) {
  return {
    architectures: ["BertModel"],
    model_type: "bert",
    hidden_act: "gelu",
    hidden_size: c.hidden,
    intermediate_size: c.intermediate,
    num_hidden_layers: c.layers,
    num_attention_heads: c.heads,
    max_position_embeddings: c.positions,
    layer_norm_eps: c.epsilon,
    type_vocab_size: 2,
    vocab_size: c.vocabulary,
    torch_dtype: "float32",
    pad_token_id: 0,
  };
}
