import type { Metadata } from "next";
import { Door } from "@/components/auth/door";
import { stepNames } from "@/components/setup/steps";
import { Wizard } from "@/components/setup/wizard";
import { ButtonLink } from "@/components/ui/button-link";
import { currentActor, getSetupState } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Set up" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SetupPage({ searchParams }: { searchParams: Search }) {
  const [actor, setup, search] = await Promise.all([currentActor(), getSetupState(), searchParams]);
  if (setup.needed) return <Wizard step="administrator" email={undefined} />;
  if (!actor) {
    return (
      <Door title="Set up already" lead="This workbench has its administrator.">
        <ButtonLink variant="primary" href="/sign-in?next=%2Fsetup%3Fstep%3Dmodels">
          Sign in
        </ButtonLink>
      </Door>
    );
  }
  const step = stepNames.find((name) => name === search.step && name !== "administrator") ?? "models";
  return <Wizard step={step} email={actor.email} />;
}
