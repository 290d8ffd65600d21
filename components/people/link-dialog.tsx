"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { OneTimeLink as Link } from "@/lib/auth";
import { OneTimeLink } from "./one-time-link";

interface LinkDialogProps {
  title: string;
  subtitle: string;
  link: Link;
  /** Whom to give it to and what it does. */
  children: React.ReactNode;
  onClose: () => void;
}

/** Only its button closes it: the link would be lost. */
export function LinkDialog({ title, subtitle, link, children, onClose }: LinkDialogProps) {
  return (
    <Dialog
      open
      keep
      onOpenChange={onClose}
      title={title}
      subtitle={subtitle}
      onSubmit={onClose}
      footer={
        <>
          <span className="flex-1" />
          <Button type="submit" kbd="⌘↵">
            Done
          </Button>
        </>
      }
    >
      <OneTimeLink link={link}>{children}</OneTimeLink>
    </Dialog>
  );
}
