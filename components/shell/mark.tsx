/** The mark: a T of tesserae, one of them gold. */
export function Mark({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={className}>
      <path
        className="fill-ink"
        d="M1 1h5.2v5.2H1zM7.4 1h5.2v5.2H7.4zM7.4 7.4h5.2v5.2H7.4zM7.4 13.8h5.2V19H7.4z"
      />
      <path className="fill-gold" d="M13.8 1H19v5.2h-5.2z" />
    </svg>
  );
}
