import { use_words } from "../words";

/** Wilson's interval for a share, 95 %. */
export function interval(k: number, n: number): { low: number; high: number } {
  const z = 1.96;
  const p = k / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

const percent = (share: number) => Math.round(share * 100);
const wide = 150;

/** A share never comes without its interval and its number. What was expected of the group is a bar across the line. */
export function Share({ count, of, expected }: { count: number; of: number; expected?: number | null }) {
  const words = use_words();
  const { low, high } = interval(count, of);
  return (
    <span className="share">
      <svg width={wide} height="18" viewBox={`0 0 ${wide} 18`} aria-hidden="true">
        <rect className="share-ground" x="0" y="6" width={wide} height="6" rx="3" />
        <rect className="share-range" x={low * wide} y="4" width={Math.max(2, (high - low) * wide)} height="10" />
        {expected != null && <line className="share-expected" x1={expected * wide} x2={expected * wide} y1="0" y2="18" />}
        <circle className="share-dot" cx={Math.min(wide - 5, Math.max(5, (count / of) * wide))} cy="9" r="5" />
      </svg>
      <span>
        {words.with("service.share_words", { b: (chunks) => <strong key="b">{chunks}</strong>, share: percent(count / of), low: percent(low), high: percent(high), n: of })}
        {expected != null && <span className="second">; {words("service.expected", { share: percent(expected) })}</span>}
      </span>
    </span>
  );
}
