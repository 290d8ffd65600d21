import { withActor } from "@/lib/auth/server";
import { discardDownload } from "@/lib/models/server";

type Params = { name: string };

export const DELETE = withActor<Params>((_, ctx, { name }) => discardDownload(ctx, name));
