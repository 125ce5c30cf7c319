/// Finding models at Docker Hub and Hugging Face by words. Points at `registry` for connections and at `json`; start
/// reading at [dev.jmr.server.search.ModelSearch].
package dev.jmr.server.search;
