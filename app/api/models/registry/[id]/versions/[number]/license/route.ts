import { withActor } from "@/lib/auth/server";
import { acceptLicense } from "@/lib/registry/server";

type Path = { id: string; number: string };

export const POST = withActor<Path>((_, ctx, { id, number }) => acceptLicense(ctx, id, Number(number)));
