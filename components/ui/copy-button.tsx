"use client";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { IconButton } from "./icon-button";
import { toast } from "./toaster";

interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy key". */
  label?: string;
  /** Icon alone. */
  compact?: boolean;
  variant?: "default" | "primary" | "ghost";
}

/** Copies a text and says so where it was pressed. */
export function CopyButton({ text, label = "Copy", compact, variant = "default" }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () =>
        toast({
          tone: "danger",
          message: "Not copied: this browser does not allow it here. Select the text instead.",
        }),
    );
  if (compact)
    return (
      <IconButton
        icon={copied ? "check" : "copy"}
        label={copied ? "Copied" : label}
        size="sm"
        onClick={() => void copy()}
      />
    );
  return (
    <Button icon={copied ? "check" : "copy"} variant={variant} onClick={() => void copy()}>
      {copied ? "Copied" : label}
    </Button>
  );
}
