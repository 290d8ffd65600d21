import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Door } from "@/components/auth/door";
import { SetupFirst } from "@/components/auth/setup-first";
import { SignInForm } from "@/components/auth/sign-in-form";
import { localPath } from "@/components/shell/local-path";
import { signInProblem } from "@/lib/auth";
import { currentActor, getSetupState } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Sign in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const search = await searchParams;
  const next = localPath(first(search.next));
  const [actor, setup] = await Promise.all([currentActor(), getSetupState()]);
  if (actor) redirect(next);
  if (setup.needed) return <SetupFirst />;
  const code = first(search.error);
  return (
    <Door title="Sign in">
      <SignInForm
        next={next}
        sso={setup.sso}
        problem={code === undefined ? undefined : signInProblem(code)}
      />
    </Door>
  );
}
