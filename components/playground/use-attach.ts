import { type ClipboardEvent, type DragEvent, useState } from "react";
import { toast } from "@/components/ui/toaster";
import { isAppError } from "@/lib/core";
import { type Attachment, bounds } from "@/lib/playground";
import { loadAttachments } from "@/lib/playground/client";

interface Attach {
  /** Reads files and hands over those that could be read; says why others could not. */
  add: (files: readonly File[]) => Promise<void>;
  /** Files are being read. */
  busy: boolean;
  /** Files are held over the place. */
  over: boolean;
  /** For the element on which files may be dropped and into which they may be pasted. */
  handlers: {
    onDragOver: (event: DragEvent) => void;
    onDragLeave: (event: DragEvent) => void;
    onDrop: (event: DragEvent) => void;
    onPaste: (event: ClipboardEvent) => void;
  };
}

const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes("Files");

/** Attaching by button, by drop and by paste. `count` are those that are attached already. */
export function useAttach(count: number, onAdd: (attachments: Attachment[]) => void): Attach {
  const [reading, setReading] = useState(0);
  const [over, setOver] = useState(false);
  const add = async (files: readonly File[]) => {
    const room = bounds.attachments - count;
    if (files.length > room)
      toast({ tone: "danger", message: `${bounds.attachments} files at most go along with a message.` });
    setReading((before) => before + 1);
    try {
      const { readAttachment } = await loadAttachments();
      const read: Attachment[] = [];
      for (const file of files.slice(0, room)) {
        try {
          read.push(await readAttachment(file));
        } catch (error) {
          if (!isAppError(error)) throw error;
          toast({ tone: "danger", message: `Not attached: ${error.message}` });
        }
      }
      if (read.length > 0) onAdd(read);
    } catch {
      toast({
        tone: "danger",
        message: "Not attached: what reads files could not be fetched. Reload the page.",
      });
    } finally {
      setReading((before) => before - 1);
    }
  };
  return {
    add,
    busy: reading > 0,
    over,
    handlers: {
      onDragOver: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        setOver(true);
      },
      onDragLeave: (event) => {
        const inside =
          event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!inside) setOver(false);
      },
      onDrop: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void add(Array.from(event.dataTransfer.files));
      },
      onPaste: (event) => {
        // Text copied from a table or a page comes with a picture of itself: the words are what is meant.
        const files = Array.from(event.clipboardData.files);
        if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
        event.preventDefault();
        void add(files);
      },
    },
  };
}
