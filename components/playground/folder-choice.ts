import type { SelectOption } from "@/components/ui/select";
import type { FolderCount } from "@/lib/playground";

/** What a list of folders offers besides folders; a folder's own value begins with a slash. */
export const allFolders = "all";
export const noFolder = "none";

export const folderValue = (folder: string) => (folder === "" ? noFolder : `/${folder}`);

/** The folder of a chosen value: "" for none, undefined for all. */
export function folderOf(value: string): string | undefined {
  return value === allFolders ? undefined : value === noFolder ? "" : value.slice(1);
}

/** Folders as options, those without one first. */
export function folderOptions(folders: readonly FolderCount[]): SelectOption[] {
  const none = folders.find(({ folder }) => folder === "")?.sessions ?? 0;
  return [
    { value: noFolder, label: "No folder", detail: none.toLocaleString("en") },
    ...folders
      .filter(({ folder }) => folder !== "")
      .map(({ folder, sessions }) => ({
        value: folderValue(folder),
        label: folder,
        detail: sessions.toLocaleString("en"),
      })),
  ];
}
