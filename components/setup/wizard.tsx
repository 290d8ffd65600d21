"use client";
import { useRouter } from "next/navigation";
import { SetupFirst } from "@/components/auth/setup-first";
import { useLinkToken } from "@/components/auth/use-link-token";
import { Mark } from "@/components/shell/mark";
import { AdministratorStep } from "./administrator-step";
import { ModelsStep } from "./models-step";
import { ReadyStep } from "./ready-step";
import { type Step, Steps } from "./steps";
import { ThisMachine } from "./this-machine";

interface WizardProps {
  step: Step;
  /** The administrator, once there is one. */
  email: string | undefined;
}

/** First start: administrator, models, ready. The step stands in the address. */
export function Wizard({ step, email }: WizardProps) {
  const token = useLinkToken();
  const router = useRouter();
  const go = (next: Step) => router.replace(`/setup?step=${next}`);
  if (step === "administrator" && token === null) return <SetupFirst />;
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-282 content-start gap-x-14 gap-y-6 px-4 pt-11 pb-8 sm:px-6 md:grid-cols-[220px_minmax(0,1fr)] lg:grid-cols-[264px_minmax(0,760px)]">
      <aside className="md:row-span-2">
        <div className="mb-8.5 flex items-center gap-2.25 font-strong tracking-[-.01em] max-md:mb-5">
          <Mark />
          Tessera
        </div>
        <Steps current={step} details={{ administrator: email, models: "built in, measured here" }} />
        <div className="mt-6.5 max-md:hidden">
          <ThisMachine signedIn={email !== undefined} />
        </div>
      </aside>
      <section className="flex min-w-0 flex-col">
        {step === "administrator" && token && <AdministratorStep token={token} />}
        {step === "models" && <ModelsStep onContinue={() => go("ready")} />}
        {step === "ready" && <ReadyStep onBack={() => go("models")} />}
      </section>
      <div className="md:hidden">
        <ThisMachine signedIn={email !== undefined} />
      </div>
    </main>
  );
}
