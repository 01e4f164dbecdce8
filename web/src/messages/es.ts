import { complete } from "./complete";
import base from "./es.base.json";
import person from "./es.json";
import served from "./es.served.json";

export default complete(base, person, served);
