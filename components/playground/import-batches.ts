import { bounds, mostImported } from "@/lib/playground";
import { type ImportedConversation, importSessions } from "@/lib/playground/client";

// A call holds less than a body may, since characters take up to three bytes.
const most = bounds.document / 3;

/** Conversations in calls that the server takes, in their order. */
export function batchesOf(conversations: readonly ImportedConversation[]): ImportedConversation[][] {
  const batches: ImportedConversation[][] = [];
  let room = 0;
  for (const conversation of conversations) {
    const size = JSON.stringify(conversation.document).length;
    const last = batches.at(-1);
    if (last && last.length < mostImported && size <= room) {
      last.push(conversation);
      room -= size;
    } else {
      batches.push([conversation]);
      room = most - size;
    }
  }
  return batches;
}

/**
 * Saves conversations in a folder, each call whole or not at all, and tells after each what is saved.
 * A call that fails ends it with its error; what was told before is saved.
 */
export async function importAll(
  conversations: readonly ImportedConversation[],
  folder: string,
  onSaved: (saved: ImportedConversation[]) => void,
): Promise<void> {
  for (const batch of batchesOf(conversations)) {
    await importSessions({ folder, sessions: batch.map(({ title, document }) => ({ title, document })) });
    onSaved(batch);
  }
}
