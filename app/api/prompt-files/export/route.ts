import { readQuery, withActor } from "@/lib/auth/server";
import { fileExport } from "@/lib/prompts";
import { exportResponse } from "@/lib/prompts/server";

export const GET = withActor((request, ctx) => exportResponse(ctx, readQuery(request, fileExport)));
