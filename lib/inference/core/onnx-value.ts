import { elementName } from "./onnx-tensor";
import { BrokenMessage, type Fields } from "./protobuf";

/** An input or output of a graph; a dimension is a number where the file fixes it, else its name or "". */
export interface GraphValue {
  name: string;
  /** As ONNX Runtime names it: `float32`, `float16`, `int64`; `type <n>` for what has no name here. */
  type: string;
  shape: (number | string)[];
}

const mostDimensions = 64;

export function readGraphValue(fields: Fields): GraphValue {
  const value: GraphValue = { name: "", type: "unknown", shape: [] };
  while (fields.next()) {
    if (fields.field === 1) value.name = fields.text();
    else if (fields.field === 2) readType(fields.inner(), value);
  }
  return value;
}

function readType(fields: Fields, value: GraphValue): void {
  while (fields.next()) {
    if (fields.field !== 1) continue;
    const tensor = fields.inner();
    while (tensor.next()) {
      if (tensor.field === 1) value.type = elementName(tensor.value);
      else if (tensor.field === 2) readShape(tensor.inner(), value.shape);
    }
  }
}

function readShape(fields: Fields, shape: GraphValue["shape"]): void {
  while (fields.next()) {
    if (fields.field !== 1) continue;
    if (shape.length === mostDimensions) throw new BrokenMessage("a value has too many dimensions");
    shape.push(dimension(fields.inner()));
  }
}

function dimension(fields: Fields): number | string {
  let size: number | string = "";
  while (fields.next()) {
    if (fields.field === 1) size = fields.value;
    else if (fields.field === 2) size = fields.text();
  }
  return size;
}
