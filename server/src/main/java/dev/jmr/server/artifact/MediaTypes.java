package dev.jmr.server.artifact;

/// The media types of model artifacts, as Docker Model Runner and the CNCF's ModelPack write them.
public final class MediaTypes {
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";

  public static final String CONFIG_V0_1 = "application/vnd.docker.ai.model.config.v0.1+json";
  public static final String CONFIG_V0_2 = "application/vnd.docker.ai.model.config.v0.2+json";
  public static final String CNCF_CONFIG = "application/vnd.cncf.model.config.v1+json";
  public static final String CNCF_ARTIFACT = "application/vnd.cncf.model.manifest.v1+json";

  public static final String GGUF = "application/vnd.docker.ai.gguf.v3";
  public static final String SAFETENSORS = "application/vnd.docker.ai.safetensors";
  public static final String VLLM_CONFIG = "application/vnd.docker.ai.vllm.config.tar";
  public static final String DIRECTORY = "application/vnd.docker.ai.dir.tar";
  public static final String DDUF = "application/vnd.docker.ai.dduf";
  public static final String LICENSE = "application/vnd.docker.ai.license";
  public static final String PROJECTOR = "application/vnd.docker.ai.mmproj";
  public static final String CHAT_TEMPLATE = "application/vnd.docker.ai.chat.template.jinja";
  public static final String FILE = "application/vnd.docker.ai.model.file";

  public static final String CNCF_WEIGHT = "application/vnd.cncf.model.weight.v1.raw";
  public static final String CNCF_WEIGHT_CONFIG = "application/vnd.cncf.model.weight.config.v1.raw";
  public static final String CNCF_DOCUMENT = "application/vnd.cncf.model.doc.v1.raw";
  public static final String CNCF_GGUF = "application/vnd.cncf.model.weight.v1.gguf";
  public static final String CNCF_SAFETENSORS = "application/vnd.cncf.model.weight.v1.safetensors";

  private MediaTypes() {}
}
