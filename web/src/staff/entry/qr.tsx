import { useMemo } from "react";

const kept = ["d", "x", "y", "width", "height", "transform"] as const;

/** Draws the server's QR picture from its own shapes; nothing else of the given SVG enters the page. */
export function Qr({ svg, label }: { svg: string; label: string }) {
  const picture = useMemo(() => {
    const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    if (root.nodeName.toLowerCase() !== "svg") return null;
    const width = Number.parseFloat(root.getAttribute("width") ?? "0");
    const box = root.getAttribute("viewBox") ?? `0 0 ${width} ${width}`;
    const shapes = [...root.querySelectorAll("path, rect")].map((shape) => ({
      name: shape.nodeName.toLowerCase() as "path" | "rect",
      light: /^(#fff(fff)?|white)$/i.test(shape.getAttribute("fill") ?? ""),
      given: Object.fromEntries(kept.flatMap((name) => (shape.getAttribute(name) === null ? [] : [[name, shape.getAttribute(name) ?? ""]]))),
    }));
    return { box, shapes };
  }, [svg]);
  if (!picture) return null;
  return (
    <svg className="qr-picture" viewBox={picture.box} width="176" height="176" role="img" aria-label={label} shapeRendering="crispEdges">
      {picture.shapes.map((shape, i) => (
        <shape.name key={i} {...shape.given} className={shape.light ? "qr-light" : "qr-dark"} />
      ))}
    </svg>
  );
}
