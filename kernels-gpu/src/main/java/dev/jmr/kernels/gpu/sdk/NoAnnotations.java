package dev.jmr.kernels.gpu.sdk;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// A class that tells TornadoVM of no annotations in kernels, in the place of its own, which reads class files by way of the
/// system class loader and gives up where that does not see the SDK.
///
/// Our kernels have none: they say by a kernel context what runs in parallel. It is made here since its interface is
/// nothing that we could compile against.
final class NoAnnotations {
  /// Its name, for the property `tornado.load.annotation.implementation`.
  static final String NAME = "dev.jmr.kernels.gpu.sdk.generated.NoAnnotations";

  private static final String RUNTIME = "uk.ac.manchester.tornado.runtime.";
  private static final ClassDesc PROVIDER = ClassDesc.of(RUNTIME + "ASMClassVisitorProvider");
  private static final ClassDesc ANNOTATION =
      ClassDesc.of(RUNTIME + "common.ParallelAnnotationProvider");
  private static final ClassDesc METHOD = ClassDesc.of("jdk.vm.ci.meta.ResolvedJavaMethod");

  private NoAnnotations() {}

  /// The class file.
  static byte[] bytes() {
    return ClassFile.of()
        .build(
            ClassDesc.of(NAME),
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(PROVIDER)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody(
                        "getParallelAnnotations",
                        MethodTypeDesc.of(ANNOTATION.arrayType(), METHOD),
                        ClassFile.ACC_PUBLIC,
                        code -> code.iconst_0().anewarray(ANNOTATION).areturn()));
  }
}
