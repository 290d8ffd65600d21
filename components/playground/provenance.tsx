import type { Answer, AnsweredPrompt, PlaygroundColumn } from "@/lib/playground";

const provenance = {
  reported: { words: "reported by the client", why: "Counted in this browser; the server cannot check it." },
  measured: { words: "measured here", why: "Tokens counted by the server, times by this page." },
};

/** "v3", "v3 edited": its name stands above. */
const promptWords = ({ version, edited }: AnsweredPrompt) => `v${version}${edited ? " edited" : ""}`;

interface ProvenanceProps {
  /** Of an answer on its way. */
  kind?: "reported" | "measured";
  answer?: Answer;
  column?: PlaygroundColumn;
}

/** Where the figures of an answer come from; nothing where there are none. */
export function Provenance({ kind, answer, column }: ProvenanceProps) {
  const known = answer?.metrics?.firstTokenMs == null ? kind : answer.metrics.provenance;
  const { words, why } = known ? provenance[known] : { words: "", why: "" };
  const moved = answer && column && answer.model !== column.model ? `by ${answer.model}, ` : "";
  const asked = answer?.prompt ? `asked by ${promptWords(answer.prompt)}, ` : "";
  return (
    <span title={why} className="ml-auto min-w-0 truncate text-micro text-fg-subtle">
      {moved}
      {asked}
      {words}
    </span>
  );
}
