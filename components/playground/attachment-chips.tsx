import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { byteCount } from "@/lib/core";
import type { Attachment } from "@/lib/playground";

function sizeOf(attachment: Attachment): string {
  if (attachment.kind === "text") return `${attachment.text.length.toLocaleString("en")} characters`;
  // Four characters of base64 stand for three bytes.
  return byteCount(Math.round((attachment.url.length - attachment.url.indexOf(",") - 1) * 0.75));
}

interface AttachmentChipsProps {
  attachments: readonly Attachment[];
  /** Absent for what was sent already. */
  onRemove?: (id: string) => void;
}

/** What goes along with a message. */
export function AttachmentChips({ attachments, onRemove }: AttachmentChipsProps) {
  if (attachments.length === 0) return null;
  return (
    <ul aria-label="Attached" className="flex flex-wrap gap-1.5">
      {attachments.map((attachment) => (
        <li
          key={attachment.id}
          className="flex h-6.5 max-w-64 min-w-0 items-center gap-1.5 rounded-1 pr-1.5 pl-1.5 text-small inset-ring inset-ring-line-strong"
        >
          {attachment.kind === "image" ? (
            // biome-ignore lint/performance/noImgElement: a data URL, which nothing is to be fetched for.
            <img src={attachment.url} alt="" className="size-5 flex-none rounded-1 object-cover" />
          ) : (
            <Icon name="document" size={14} className="text-fg-muted" />
          )}
          <span className="min-w-0 truncate" title={attachment.name}>
            {attachment.name}
          </span>
          <span className="flex-none text-micro text-fg-subtle">{sizeOf(attachment)}</span>
          {onRemove && (
            <IconButton
              icon="close"
              size="sm"
              label={`Remove ${attachment.name}`}
              onClick={() => onRemove(attachment.id)}
              className="-mr-1 size-5!"
            />
          )}
        </li>
      ))}
    </ul>
  );
}
