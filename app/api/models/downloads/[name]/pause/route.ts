import { withActor } from "@/lib/auth/server";
import { pauseDownload } from "@/lib/models/server";

type Params = { name: string };

export const POST = withActor<Params>((_, ctx, { name }) => pauseDownload(ctx, name));
