import { withActor } from "@/lib/auth/server";
import { resumeDownload } from "@/lib/models/server";

type Params = { name: string };

export const POST = withActor<Params>((_, ctx, { name }) => resumeDownload(ctx, name));
