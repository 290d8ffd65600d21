/** What every vocabulary begins with, in this order. */
export const specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/** The files of a BERT tokenizer, lower case, over a vocabulary that begins with the special tokens. */
export function wordPieceFiles(vocabulary, positions) {
  const template = (token) => ({ SpecialToken: { id: token, type_id: 0 } });
  const special = (token) => ({ id: token, ids: [specialTokens.indexOf(token)], tokens: [token] });
  return {
    "tokenizer.json": {
      version: "1.0",
      added_tokens: specialTokens.map((content, id) => ({
        id,
        content,
        special: true,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
      })),
      normalizer: {
        type: "BertNormalizer",
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: { type: "BertPreTokenizer" },
      post_processor: {
        type: "TemplateProcessing",
        single: [template("[CLS]"), { Sequence: { id: "A", type_id: 0 } }, template("[SEP]")],
        pair: [
          template("[CLS]"),
          { Sequence: { id: "A", type_id: 0 } },
          template("[SEP]"),
          { Sequence: { id: "B", type_id: 1 } },
          { SpecialToken: { id: "[SEP]", type_id: 1 } },
        ],
        special_tokens: { "[CLS]": special("[CLS]"), "[SEP]": special("[SEP]") },
      },
      decoder: { type: "WordPiece", prefix: "##", cleanup: true },
      model: {
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      },
    },
    "tokenizer_config.json": {
      tokenizer_class: "BertTokenizer",
      model_max_length: positions,
      do_lower_case: true,
      pad_token: "[PAD]",
      unk_token: "[UNK]",
      cls_token: "[CLS]",
      sep_token: "[SEP]",
      mask_token: "[MASK]",
    },
  };
}
