import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { SetupFirst } from "@/components/auth/setup-first";
import { Shell } from "@/components/shell/shell";
import { themeCookie, themeOf } from "@/components/shell/theme";
import { currentActor, getSetupState } from "@/lib/auth/server";

/** Everything behind the sign-in. The data of each page is authorised again where it is read. */
export default async function WorkbenchLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (!actor) {
    if ((await getSetupState()).needed) return <SetupFirst />;
    const target = new URL((await headers()).get("x-tessera-path") ?? "/", "http://here");
    target.searchParams.delete("_rsc");
    redirect(`/sign-in?next=${encodeURIComponent(target.pathname + target.search)}`);
  }
  const { name, email, role } = actor;
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <Shell person={{ name, email, role }} theme={theme}>
      {children}
    </Shell>
  );
}
