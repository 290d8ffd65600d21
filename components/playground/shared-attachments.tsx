import type { Attachment } from "@/lib/playground";

/** Files and images that went along with a message. */
export function SharedAttachments({ attachments }: { attachments: readonly Attachment[] }) {
  return (
    <ul className="mt-1.5 flex flex-wrap gap-2 empty:hidden">
      {attachments.map((file) => (
        <li key={file.id} className="min-w-0">
          {file.kind === "image" ? (
            // biome-ignore lint/performance/noImgElement: a data URL of the document, not fetched from anywhere.
            <img src={file.url} alt={file.name} className="max-h-40 max-w-full rounded-1 border" />
          ) : (
            <details className="rounded-1 border px-2 py-1 text-small">
              <summary className="cursor-pointer">{file.name}</summary>
              <p className="mt-1 max-h-60 overflow-y-auto break-words whitespace-pre-wrap text-fg-muted">
                {file.text}
              </p>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
