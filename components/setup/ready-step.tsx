"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Icon, type IconName } from "@/components/ui/icon";
import { StepFrame } from "./step-frame";
import { useConfirmKey } from "./use-confirm-key";

const start = "/playground";

const ways: { href: string; icon: IconName; label: string; detail: string }[] = [
  {
    href: start,
    icon: "chat",
    label: "Compare models",
    detail: "the same question to both engines, side by side",
  },
  { href: "/keys?new", icon: "key", label: "Call it from a program", detail: "a key, and any OpenAI client" },
  {
    href: "/models",
    icon: "download",
    label: "Fetch larger models",
    detail: "from a hub or a folder, checked file by file",
  },
  {
    href: "/connections?new",
    icon: "remote",
    label: "Connect an API",
    detail: "any OpenAI-compatible one",
  },
  {
    href: "/people?new",
    icon: "people",
    label: "Invite somebody",
    detail: "a one-time link that you hand over",
  },
];

/** What can be done first. */
export function ReadyStep({ onBack }: { onBack: () => void }) {
  const router = useRouter();
  const open = () => router.push(start);
  useConfirmKey(open);
  return (
    <StepFrame
      title="Ready"
      lead="Nothing else has to be set. Everything below is also one key away with the palette."
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onBack}>Back</Button>
          <Button variant="primary" kbd="⌘↵" onClick={open}>
            Open the playground
          </Button>
        </>
      }
    >
      <ul className="rounded-3 border bg-surface">
        {ways.map((way) => (
          <li key={way.href} className="border-b last:border-0">
            <Link
              href={way.href}
              className="flex min-h-12 items-center gap-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <Icon name={way.icon} className="text-fg-muted" />
              <span className="grid min-w-0 sm:flex sm:items-baseline sm:gap-3">
                <b>{way.label}</b>
                <span className="text-small text-fg-muted">{way.detail}</span>
              </span>
              <Icon name="arrow-right" size={14} className="ml-auto flex-none text-fg-subtle" />
            </Link>
          </li>
        ))}
      </ul>
    </StepFrame>
  );
}
