import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SetupFirst } from "@/components/auth/setup-first";
import { Shell } from "@/components/shell/shell";
import { SignInFirst } from "@/components/shell/sign-in-first";
import { themeCookie, themeOf } from "@/components/shell/theme";
import { currentActor, getSetupState } from "@/lib/auth/server";

/** Everything behind the sign-in. The data of each page is authorised again where it is read. */
export default async function WorkbenchLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (!actor) return (await getSetupState()).needed ? <SetupFirst /> : <SignInFirst />;
  const { name, email, role } = actor;
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <Shell person={{ name, email, role }} theme={theme}>
      {children}
    </Shell>
  );
}
