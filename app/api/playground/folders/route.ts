import { readBody, withActor } from "@/lib/auth/server";
import { folderRename } from "@/lib/playground";
import { findFolders, renameFolder } from "@/lib/playground/server";

export const GET = withActor((_, ctx) => findFolders(ctx));
export const PUT = withActor(async (request, ctx) =>
  renameFolder(ctx, await readBody(request, folderRename)),
);
